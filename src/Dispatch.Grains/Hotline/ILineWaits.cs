namespace Dispatch.Grains.Hotline;

/// <summary>What the settings say of a line. The host's.</summary>
public interface ILineWaits
{
    /// <summary>Who has not read the queue for so long is gone from her console.</summary>
    TimeSpan HolderGoneAfter(string line);
}
