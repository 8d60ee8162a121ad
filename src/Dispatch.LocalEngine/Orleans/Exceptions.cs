namespace Orleans.Runtime
{
    /// <summary>Something that the engine, not the grain, has to report.</summary>
    public class OrleansException : Exception
    {
        public OrleansException()
            : base("Unexpected error.")
        {
        }

        public OrleansException(string message)
            : base(message)
        {
        }

        public OrleansException(string message, Exception innerException)
            : base(message, innerException)
        {
        }
    }

    public sealed class ReminderException(string message) : OrleansException(message);
}

namespace Orleans.Storage
{
    /// <summary>Somebody else wrote the row since it was read. Thrown out of a grain's call it deactivates that activation, so that the next call reads afresh.</summary>
    public class InconsistentStateException : Runtime.OrleansException
    {
        public InconsistentStateException()
        {
        }

        public InconsistentStateException(string message)
            : base(message)
        {
        }

        public InconsistentStateException(string message, Exception innerException)
            : base(message, innerException)
        {
        }

        public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag)
            : base(errorMsg) => (StoredEtag, CurrentEtag) = (storedEtag, currentEtag);

        public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag, Exception storageException)
            : base(errorMsg, storageException) => (StoredEtag, CurrentEtag) = (storedEtag, currentEtag);

        public string? StoredEtag { get; }

        public string? CurrentEtag { get; }

        /// <summary>True until it has deactivated the activation it came from; callers that let it pass are not to blame.</summary>
        internal bool IsSourceActivation { get; set; } = true;

        public override string ToString() =>
            $"InconsistentStateException: {Message} Expected Etag={CurrentEtag} Received Etag={StoredEtag} {InnerException}";
    }
}
