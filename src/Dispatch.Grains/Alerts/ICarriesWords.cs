using Dispatch.Domain.Alerts;
using Dispatch.Domain.Sealing;

namespace Dispatch.Grains.Alerts;

/// <summary>Seals what she wrote anew, for another alert than it was sealed for. The host's: only it can open words.</summary>
public interface ICarriesWords
{
    /// <param name="from">What she asked for, with her words.</param>
    /// <param name="to">The alert that they are to be part of.</param>
    Sealed<string> Carry(RaiseAlert from, Alert to);
}
