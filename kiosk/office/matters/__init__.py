"""Questions, 12345 work orders and complaints: filed at terminals, worked on at desks, answered by SMS and at any terminal."""
