// Two hosts in real time share the machine with no other story.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
