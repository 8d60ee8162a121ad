using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Dispatch.Domain;
using Dispatch.Domain.Accounts;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Numbers;
using Dispatch.Domain.Shelters;
using Dispatch.Grains.Accounts;
using Dispatch.Grains.Shelters;
using Dispatch.Web.Audit;
using Dispatch.Web.Gateways;
using Dispatch.Web.Staff;
using Orleans;

namespace Dispatch.Web.Shelters;

/// <summary>
/// Staff of a house count and answer by text, as digits behind their PIN. The number says who may be meant, the PIN who it is; what she may do is what the page lets her do. Whatever is
/// answered is one of the approved words and digits that she knows.
/// </summary>
internal sealed class HouseTexts(IGrainFactory grains, PinDesk pins, HoldDesk holds, NumberLimits limits, SmsReplies replies, IAudit audit)
{
    /// <summary>False where it is not for a house: nobody with this number works in one and has a PIN. Doing it twice does nothing more.</summary>
    public async Task<bool> Take(PhoneNumber from, ImmutableArray<NumberOwner> owners, HouseText text, string textId)
    {
        var staff = (await Task.WhenAll(owners.Select(owner => Of(owner)))).Where(member => !member.Houses.IsEmpty).ToImmutableArray();
        if (staff.IsEmpty) return false;
        var (account, verdict) = await pins.Whose([.. staff.Select(member => member.Owner.Account)], text.Pin);
        if (verdict is StaffPinVerdict.None) return false;
        if (account is null) limits.Missed(from);
        var who = staff.FirstOrDefault(s => s.Owner.Account == account) ?? staff[0];
        var (words, code) = account is not null ? await Do(who, text) : (verdict is StaffPinVerdict.Locked ? "sms.later" : "sms.wrong", null);
        if (limits.MayReply(from)) replies.Send(from, who.Owner.Language, words, code, textId);
        return true;
    }

    private async Task<Member> Of(NumberOwner owner) => new(owner, await grains.GetGrain<IAccountGrain>(owner.Account).Profile() is { } profile ? HouseStaff.HousesOf(profile) : []);

    private Task<(string Words, string? Code)> Do(Member member, HouseText text) => text switch
    {
        HouseText.StillRight => Count(member, null),
        HouseText.Counted counted => Count(member, counted.Empty),
        HouseText.Answered answered => Answer(member, answered),
        HouseText.Unclear => LookAgain(member),
        _ => throw new UnreachableException($"text {text.GetType().Name}"),
    };

    /// <summary>Who works in several houses says one list after the other, as they stand in her account. What cannot be is seen before anything is written.</summary>
    private async Task<(string Words, string? Code)> Count(Member member, ImmutableArray<int>? empty)
    {
        var boards = await Boards(member);
        var said = empty ?? [.. Empty(boards)];
        if (said.IsEmpty || said.Length != boards.Sum(b => b.Lines.Length)) return Again(boards);
        var figures = new ImmutableArray<BedFigures>?[boards.Length];
        for (int i = 0, at = 0; i < boards.Length; at += boards[i].Lines.Length, i++) figures[i] = EmptyBeds.Figures(boards[i], said.Slice(at, boards[i].Lines.Length));
        if (boards.Where((board, i) => !board.Lines.IsEmpty && figures[i] is null).Any()) return Again(boards);

        var refused = false;
        for (var i = 0; i < boards.Length; i++)
        {
            if (figures[i] is not { } counted) continue;
            await audit.Write(member.Owner.Account, "beds.count", subject: member.Houses[i], detail: EnumWords.Of(ChannelKind.Sms));
            var result = await grains.GetGrain<IShelterGrain>(member.Houses[i]).ConfirmCounts(new ConfirmCounts(boards[i].Version, counted, member.Owner.Account));
            boards[i] = result.Board;
            refused |= result.Refused is not null;
        }

        return refused ? Again(boards) : ("sms.noted", Digits(Empty(boards)));
    }

    private async Task<(string Words, string? Code)> Answer(Member member, HouseText.Answered answer)
    {
        var known = (await Boards(member)).SelectMany(b => b.Holds.Concat(b.Gone)).Where(h => h.Code == answer.Code).ToArray();
        var waiting = known.Where(h => h.Stage is HoldStage.Held).ToArray();
        // Of two houses of hers both may use the same digits: where that leaves two, neither is meant.
        if ((waiting is [] ? known : waiting) is not [var meant] || !HoldId.TryParse(meant.HoldId, out var id)) return ("sms.again", Digits([answer.Code]));
        var result = await holds.ByText(id, member.Owner.Account, answer.Yes);
        return result.Refused switch
        {
            null => ("sms.noted", Digits([answer.Code, answer.Yes ? 1 : 2])),
            BedRefusal.HoldOver or BedRefusal.NotFound => ("sms.takenBack", Digits([answer.Code])),
            // A yes is taken back on the page or by a call, not by half a text.
            BedRefusal.AlreadyBooked => ("sms.again", Digits([answer.Code, 1])),
            _ => ("sms.again", Digits([answer.Code])),
        };
    }

    private async Task<(string Words, string? Code)> LookAgain(Member member) => Again(await Boards(member));

    private Task<BedBoard[]> Boards(Member member) => Task.WhenAll(member.Houses.Select(house => grains.GetGrain<IShelterGrain>(house).Board()));

    /// <summary>With what the list has, so that she sees where she differs.</summary>
    private static (string Words, string? Code) Again(IEnumerable<BedBoard> boards) => Digits(Empty(boards)) is { Length: > 0 } digits ? ("sms.again", digits) : ("sms.wrong", null);

    private static IEnumerable<int> Empty(IEnumerable<BedBoard> boards) => boards.SelectMany(board => EmptyBeds.Of(board));

    private static string Digits(IEnumerable<int> numbers) => string.Join(' ', numbers.Select(n => n.ToString(CultureInfo.InvariantCulture)));

    private sealed record Member(NumberOwner Owner, ImmutableArray<string> Houses);
}
