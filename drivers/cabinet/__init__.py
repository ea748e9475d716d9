"""The cabinet around the devices: lights, doors, contacts, the operator's switch, and the power supply."""
