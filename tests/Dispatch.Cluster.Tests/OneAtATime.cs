// Three hosts, a database and the load share the machine with nobody.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
