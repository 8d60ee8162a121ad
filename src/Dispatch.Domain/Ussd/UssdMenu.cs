using System.Collections.Immutable;
using System.Diagnostics;
using Dispatch.Domain.Alerts;

namespace Dispatch.Domain.Ussd;

/// <summary>
/// The menu of a phone without data: language, what she needs, how she may be reached, confirm, received. 9 asks for help at once wherever she is; 0 goes one back. Three wrong keys in a
/// row end it, and a human looks. Police stand in no menu: there is no room here to ask for a consent, so a human asks.
/// </summary>
public static class UssdMenu
{
    public const string Now = "9";
    public const string Back = "0";
    private const int WrongInARow = 3;

    /// <summary>Each under its key, from 1 on. The last one has no need of its own: she does not know, or will not say it to a menu.</summary>
    public static ImmutableArray<Need> Offered { get; } = [Need.Health, Need.Shelter, Need.Psychosocial, Need.Legal, Need.Advocate, Need.Transport];

    private const string AnyNeed = "7";

    public static UssdState Run(IEnumerable<string> inputs, ImmutableArray<string> languages)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var (state, wrong) = (new UssdState(UssdStage.Language, new UssdChoices()), 0);
        foreach (var input in inputs)
        {
            if (state.Ends) return state;
            // The opening of a session, which has no key yet.
            if (input.Length == 0) continue;
            var next = Next(state, input, languages);
            wrong = next is null ? wrong + 1 : 0;
            state = next ?? (wrong >= WrongInARow ? state with { Stage = UssdStage.GaveUp, Again = false } : state with { Again = true });
        }

        return state;
    }

    /// <summary>Null where the key is none of those that were asked for.</summary>
    private static UssdState? Next(UssdState state, string input, ImmutableArray<string> languages)
    {
        var chosen = state.Choices;
        if (input == Now) return new UssdState(UssdStage.Received, chosen);
        switch (state.Stage)
        {
            case UssdStage.Language:
                return Key(input) is { } n && n <= languages.Length ? new UssdState(UssdStage.Needs, chosen with { Language = languages[n - 1] }) : null;
            case UssdStage.Needs:
                if (input == Back) return new UssdState(UssdStage.Language, new UssdChoices());
                return NeedsOf(input) is { } needs ? new UssdState(UssdStage.Reach, chosen with { Needs = needs }) : null;
            case UssdStage.Reach:
                if (input == Back) return new UssdState(UssdStage.Needs, chosen with { Needs = [] });
                return Key(input) switch
                {
                    1 => new UssdState(UssdStage.Confirm, chosen with { Reach = Reach.Call }),
                    2 => new UssdState(UssdStage.Confirm, chosen with { Reach = Reach.Sms }),
                    3 => new UssdState(UssdStage.Confirm, chosen with { Reach = Reach.None }),
                    _ => null,
                };
            case UssdStage.Confirm:
                if (input == Back) return new UssdState(UssdStage.Reach, chosen with { Reach = Reach.Unknown });
                return Key(input) switch
                {
                    1 => new UssdState(UssdStage.Received, chosen),
                    2 => new UssdState(UssdStage.Received, chosen with { Minor = true }),
                    _ => null,
                };
            default:
                throw new UnreachableException($"stage {state.Stage}");
        }
    }

    /// <summary>"12" and "1 2": several at once. Null where one of the keys is none.</summary>
    private static ImmutableArray<Need>? NeedsOf(string input)
    {
        var keys = input.Where(c => c is not (' ' or ',' or '.' or '+')).Distinct().ToArray();
        if (keys.Length == 0 || keys.Any(c => c < '1' || c > AnyNeed[0])) return null;
        return [.. keys.Where(c => c != AnyNeed[0]).Select(c => Offered[c - '1'])];
    }

    private static int? Key(string input) => input is [>= '1' and <= '9'] ? input[0] - '0' : null;
}
