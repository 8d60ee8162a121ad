using System.Collections.Immutable;
using Dispatch.Domain.Alerts;

namespace Dispatch.Simulation.Plans;

/// <summary>One run, written down: who is there, what everybody does and what goes wrong, each with its second. The same plan always plays the same.</summary>
public sealed record Plan
{
    public required int Seed { get; init; }

    /// <summary>How long people act and things go wrong. After it the world heals, and everything owed must be settled.</summary>
    public double Seconds { get; init; } = 600;

    /// <summary>Turns run in an order drawn from the seed instead of first come, first served.</summary>
    public bool Shuffled { get; init; }

    /// <summary>Every message between actors goes through JSON, as on a cluster.</summary>
    public bool RoundTrip { get; init; }

    public bool Push { get; init; }
    public bool Sms { get; init; }
    public int HealthQuorum { get; init; } = 1;
    public Habits Habits { get; init; } = new();
    public ImmutableArray<Person> People { get; init; } = [];
    public ImmutableArray<Home> Homes { get; init; } = [];
    public ImmutableArray<Act> Acts { get; init; } = [];
}

/// <summary>What kind of organisation a person works for, as far as telling it matters.</summary>
public enum House { Clinic, WomensGroup, PoliceClinic, Police }

/// <summary>A house with beds.</summary>
/// <param name="Police">Run by police: nobody is taken there without a basis.</param>
public sealed record Home(string Name, int Beds, int Cots = 0, int Rooms = 0, bool Police = false);

/// <summary>A person on call.</summary>
/// <param name="North">In the neighbouring area, which is asked only when everybody is.</param>
public sealed record Person(string Name, ImmutableArray<Need> Needs, House House = House.Clinic, bool Woman = true, bool North = false, bool OnDuty = true);

/// <summary>What the networks do to notices and receipts, each a share of them.</summary>
public sealed record Habits
{
    public double Lost { get; init; }
    public double Late { get; init; }
    public double Doubled { get; init; }

    /// <summary>"Later": not taken.</summary>
    public double Refused { get; init; }

    /// <summary>"Later", although it was taken and arrives.</summary>
    public double Denied { get; init; }
    public double Never { get; init; }
    public double Thrown { get; init; }
    public double Hung { get; init; }

    /// <summary>No receipt comes although the notice arrived.</summary>
    public double Mute { get; init; }

    /// <summary>A receipt comes although nothing arrived.</summary>
    public double Lying { get; init; }

    /// <summary>Receipts come twice, late and with the wrong time.</summary>
    public double Muddled { get; init; }
}
