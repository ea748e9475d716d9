"""The queue of a hall: numbers, who is next, how long one waits, what clerks do with tickets, and the log of it all.

Who is next: a ticket has a place, the moment it was issued (or queued again) less the credit of its priority class, and the
earliest place is called first. So a class goes before people who came at the same time, but nobody can be passed for ever: once
a ticket has waited for the largest credit, no later one has a place before it. Ageing falls out of the subtraction.
"""
