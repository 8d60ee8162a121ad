using Dispatch.Domain.Channels;
using Dispatch.Grains.Rows;
using Dispatch.LocalEngine;
using Dispatch.Simulation.Worlds;
using Dispatch.Storage;

namespace Dispatch.Simulation.Plants;

/// <summary>
/// A bug put in on purpose, to see that it is found. It sits where a host may put something of its own: store, rows, channels, clock.
/// Nothing of it is in the product.
/// </summary>
internal class Plant
{
    public static readonly Plant None = new();

    public virtual ILocalStore Store(ILocalStore real, World world) => real;

    public virtual IRows Rows(IRows real, IReadOnlyList<IChannel> channels, World world) => real;

    public virtual IChannel Channel(IChannel real, World world) => real;

    public virtual TimeProvider Clock(TimeProvider real, World world) => real;

    /// <summary>The store failed an operation.</summary>
    public virtual void Failed(World world)
    {
    }

    public virtual void Crashed(World world)
    {
    }
}
