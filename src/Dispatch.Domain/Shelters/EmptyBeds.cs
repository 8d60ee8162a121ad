using System.Collections.Immutable;

namespace Dispatch.Domain.Shelters;

/// <summary>
/// What somebody can count with her eyes, at night and without the list: beds in which nobody sleeps, those that are promised among them. Counted so, a number that is too small for what
/// was promised shows itself; a count of "free" beds would hide it.
/// </summary>
public static class EmptyBeds
{
    /// <summary>As the list has it, one number for each of its kinds.</summary>
    public static ImmutableArray<int> Of(BedBoard board)
    {
        ArgumentNullException.ThrowIfNull(board);
        return [.. board.Lines.Select(l => l.Free + l.Held + l.Booked)];
    }

    /// <summary>The count that staff would write on the page: how many beds there are stays, and so does what is out of service. Null where there cannot be so many.</summary>
    public static ImmutableArray<BedFigures>? Figures(BedBoard board, ImmutableArray<int> empty)
    {
        ArgumentNullException.ThrowIfNull(board);
        if (board.Lines.IsEmpty || empty.Length != board.Lines.Length) return null;
        ImmutableArray<BedFigures> figures = [.. board.Lines.Select((l, i) => new BedFigures(l.Kind, l.Capacity, l.Capacity - l.OutOfService - empty[i], l.OutOfService))];
        return figures.All(f => f.Occupied >= 0) ? figures : null;
    }
}
