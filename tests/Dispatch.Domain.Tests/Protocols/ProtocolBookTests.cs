using System.Collections.Immutable;
using System.Text.Json;
using Dispatch.Domain.Protocols;

namespace Dispatch.Domain.Tests.Protocols;

public sealed class ProtocolBookTests
{
    private static readonly DateTimeOffset Now = Given.Night;

    [Fact]
    public void A_draft_does_nothing_until_it_is_put_in_force()
    {
        var book = Published();
        var (next, draft) = Kept(book.Draft(null, Given.Rules(quorum: 2), "two nurses", "awa", Now));
        Assert.Equal((2, ProtocolState.Draft, "awa"), (draft.Version, draft.State, draft.DraftedBy));
        Assert.Equal(1, next.For("ml/1")!.Version);

        (next, var active) = Kept(next.Activate(2, "binta", Now.AddHours(1)));
        Assert.Equal((ProtocolState.Active, "binta", Now.AddHours(1)), (active.State, active.ActivatedBy, active.ActivatedAt));
        Assert.Equal(2, next.For("ml/1")!.Rules.Version);
        Assert.Equal((ProtocolState.Retired, Now.AddHours(1)), (next.Find(1)!.State, next.Find(1)!.RetiredAt));
        Assert.Same(next, next.Activate(2, "binta", Now.AddHours(2)).Book);
    }

    [Fact]
    public void An_area_has_its_own_and_the_others_keep_the_tenants()
    {
        var book = Kept(Kept(Published().Draft("ml/1", Given.Rules(), null, "awa", Now)).Book.Activate(2, "awa", Now)).Book;
        Assert.Equal((2, 1, 1), (book.For("ml/1")!.Version, book.For("ml/2")!.Version, book.For(null)!.Version));

        book = Kept(book.Retire(2, Now)).Book;
        Assert.Equal(1, book.For("ml/1")!.Version);
        Assert.Equal(ProtocolRefusal.StillNeeded, book.Retire(1, Now).Refused);
    }

    [Fact]
    public void Only_a_draft_is_changed_discarded_or_put_in_force()
    {
        var book = Kept(Published().Draft(null, Given.Rules(), null, "awa", Now)).Book;
        var redrafted = Kept(book.Redraft(2, Given.Rules(quorum: 3), "three", "binta", Now));
        Assert.Equal((3, "three", 2), (redrafted.Document.Rules.Needs[0].Quorum, redrafted.Document.Note, redrafted.Document.Rules.Version));
        Assert.Null(Kept(book.Discard(2)).Book.Find(2));

        Assert.Equal(ProtocolRefusal.NotADraft, book.Redraft(1, Given.Rules(), null, "awa", Now).Refused);
        Assert.Equal(ProtocolRefusal.NotADraft, book.Discard(1).Refused);
        book = Kept(book.Activate(2, "awa", Now)).Book;
        Assert.Equal(ProtocolRefusal.NotADraft, book.Activate(1, "awa", Now).Refused);
        Assert.All([book.Redraft(9, Given.Rules(), null, "awa", Now), book.Discard(9), book.Activate(9, "awa", Now), book.Retire(9, Now)], change => Assert.Equal(ProtocolRefusal.NotFound, change.Refused));
    }

    [Fact]
    public void A_draft_may_be_wrong_and_stays_a_draft_until_it_is_right()
    {
        var book = Kept(Published().Draft(null, Given.Rules() with { DefaultNeeds = [Domain.Alerts.Need.Police] }, null, "awa", Now)).Book;
        Assert.Equal(ProtocolRefusal.Invalid, book.Activate(2, "awa", Now).Refused);
        Assert.Equal(1, book.For(null)!.Version);
    }

    [Fact]
    public void The_settings_never_take_back_what_people_put_in_force()
    {
        var book = Kept(Kept(Published().Draft(null, Given.Rules(), null, "awa", Now)).Book.Activate(2, "awa", Now)).Book;
        Assert.Same(book, book.Publish(Given.Rules(), Now).Book);
        Assert.Same(book, book.Publish(Given.Rules() with { Version = 2 }, Now).Book);
        Assert.Equal(3, book.Publish(Given.Rules() with { Version = 3 }, Now).Book.For(null)!.Version);
    }

    [Fact]
    public void A_full_book_forgets_retired_ones_first_and_then_takes_no_more()
    {
        var book = Published();
        for (var i = 0; i < ProtocolBook.Max + 10; i++)
        {
            book = Kept(book.Draft(null, Given.Rules(), null, "awa", Now)).Book;
            book = Kept(book.Activate(book.Documents.Max(d => d.Version), "awa", Now)).Book;
        }

        Assert.Equal(ProtocolBook.Max, book.Documents.Length);
        Assert.Equal(ProtocolBook.Max + 11, book.For(null)!.Version);
        for (var i = 0; i < ProtocolBook.Max - 1; i++) book = Kept(book.Draft($"a{i}", Given.Rules(), null, "awa", Now)).Book;
        Assert.Equal(ProtocolRefusal.BookFull, book.Draft("more", Given.Rules(), null, "awa", Now).Refused);
        Assert.NotNull(book.For(null));
    }

    [Fact]
    public void A_book_of_the_first_schema_is_read_as_it_was_meant()
    {
        const string rules = """{"schemaVersion":1,"version":VERSION,"defaultNeeds":["health"],"needs":[],"steps":[{"afterSeconds":0,"perNeed":2,"everybody":false}]}""";
        var old = JsonSerializer.Deserialize<ProtocolBook>(
            $$"""{"schemaVersion":1,"versions":[{{rules.Replace("VERSION", "1", StringComparison.Ordinal)}},{{rules.Replace("VERSION", "4", StringComparison.Ordinal)}}]}""", DispatchJson.Options)!.Upgraded(Now);
        Assert.Equal([(1, ProtocolState.Retired), (4, ProtocolState.Active)], old.Documents.Select(d => (d.Version, d.State)));
        Assert.Equal(ProtocolBook.CurrentSchema, old.SchemaVersion);
        Assert.DoesNotContain("versions", JsonSerializer.Serialize(old, DispatchJson.Options), StringComparison.Ordinal);
        Assert.Equal(5, old.Draft(null, Given.Rules(), null, "awa", Now).Document!.Version);
    }

    private static ProtocolBook Published() => Kept(new ProtocolBook().Publish(Given.Rules(), Now)).Book;

    private static (ProtocolBook Book, ProtocolDocument Document) Kept(ProtocolChange change)
    {
        Assert.Null(change.Refused);
        return (change.Book, change.Document!);
    }
}
