using Dispatch.Channels.Live;
using Dispatch.Domain.Channels;
using Dispatch.Web.Live;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;

namespace Dispatch.Web.Tests.Live;

public sealed class LocalRelayTests
{
    private readonly Presence _presence = new();
    private readonly Pages _pages = new();

    private LocalRelay Relay => new(_presence, _pages, TimeProvider.System);

    [Fact]
    public async Task Nobody_there_is_said_at_once() => Assert.Equal(LiveReach.NotConnected, await Relay.Deliver(Offer("nobody"), default));

    [Fact]
    public async Task A_stalled_page_holds_nobody_back()
    {
        var stalled = Open("anna", "stalled");
        var healthy = Open("anna", "healthy");
        Open("bea", "other");
        _pages.Stalled.Add("stalled");
        var toAnna = Relay.Deliver(Offer("anna"), default);
        Assert.Equal(LiveReach.Handed, await Relay.Deliver(Offer("bea"), default));
        Assert.Contains("healthy", _pages.Sent);
        Assert.False(toAnna.IsCompleted);
        Assert.Equal(LiveReach.Handed, await toAnna.WaitAsync(LocalRelay.SendWithin * 2));
        Assert.Equal((true, false), (stalled.Aborted, healthy.Aborted));
    }

    [Fact]
    public async Task Where_every_page_is_stalled_it_ends_by_the_deadline()
    {
        Open("anna", "stalled");
        _pages.Stalled.Add("stalled");
        using var deadline = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        Assert.Equal(LiveReach.Stalled, await Relay.Deliver(Offer("anna"), deadline.Token));
    }

    [Fact]
    public async Task A_page_that_stops_reading_is_cut_off()
    {
        var page = Open("anna", "stalled");
        _pages.Stalled.Add("stalled");
        using var deadline = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, LiveConnection.MaxUnread).Select(_ => Relay.Deliver(Offer("anna"), deadline.Token)).ToArray();
        Assert.False(page.Aborted);
        Assert.Equal(LiveReach.Stalled, await Relay.Deliver(Offer("anna"), default));
        Assert.True(page.Aborted);
        await deadline.CancelAsync();
        Assert.All(await Task.WhenAll(waiting), reach => Assert.Equal(LiveReach.Stalled, reach));
    }

    [Fact]
    public async Task A_page_that_was_closed_is_not_there_any_more()
    {
        var context = new Context("one");
        var page = new LiveConnection(context, "anna", "s", ["line"]);
        _presence.Add(page);
        Assert.Equal(LiveReach.Handed, await Relay.Deliver(new Notice("n", NoticeKind.QueueChanged, "line", "", 1), default));
        Assert.Equal(LiveReach.NotConnected, await Relay.Deliver(new Notice("n", NoticeKind.QueueChanged, "anna", "", 1), default));
        _presence.Remove(page);
        Assert.Equal(LiveReach.NotConnected, await Relay.Deliver(Offer("anna"), default));
        Assert.Equal(LiveReach.NotConnected, await Relay.Deliver(new Notice("n", NoticeKind.LineAlertChanged, "line", "a", 1), default));
    }

    [Fact]
    public async Task Who_is_told_that_nobody_took_it_hears_of_its_own_line_and_not_of_her_first()
    {
        Open("anna", "one", lines: ["first", "second"]);
        await Relay.Deliver(new Notice("n", NoticeKind.Untaken, "anna", "a", 7, Line: "second"), default);
        Assert.Equal(["queue", "second", 7L], _pages.Said);
    }

    [Theory]
    [InlineData("one", false, true, false)]
    [InlineData("one", true, false, true)]
    [InlineData(null, false, true, true)]
    public void A_cut_closes_the_pages_of_the_sessions_that_ended_and_of_nobody_else(string? session, bool others, bool closesOne, bool closesTwo)
    {
        var (one, two, bea) = (Open("anna", "1", session: "one"), Open("anna", "2", session: "two"), Open("bea", "3", session: "one"));
        ((IOpenPages)Relay).Cut(new CutOff("anna", session, others));
        Assert.Equal((closesOne, closesTwo, false), (one.Aborted, two.Aborted, bea.Aborted));
    }

    [Fact]
    public void Other_hosts_are_told_of_the_first_page_at_an_address_and_of_the_last()
    {
        var told = new List<string>();
        IOpenPages pages = Relay;
        pages.Changed += address => told.Add($"{address} {pages.Listens(address)}");
        var (first, second) = (new LiveConnection(new Context("1"), "anna", "s", ["line"]), new LiveConnection(new Context("2"), "anna", "s", []));
        _presence.Add(first);
        _presence.Add(second);
        _presence.Remove(first);
        Assert.Equal(["responder:anna"], pages.Addresses);
        _presence.Remove(second);
        Assert.Equal(["responder:anna True", "line:line True", "line:line False", "responder:anna False"], told);
    }

    private Context Open(string account, string id, string session = "s", params string[] lines)
    {
        var context = new Context(id);
        _presence.Add(new LiveConnection(context, account, session, lines));
        return context;
    }

    private static Notice Offer(string to) => new("n", NoticeKind.OfferWithdrawn, to, "a", 1, "a.0");

    private sealed class Pages : IHubContext<LiveHub>, IHubClients
    {
        public HashSet<string> Stalled { get; } = [];
        public System.Collections.Concurrent.ConcurrentBag<string> Sent { get; } = [];

        /// <summary>The last message, its name first.</summary>
        public object?[] Said { get; private set; } = [];
        public IHubClients Clients => this;
        public IGroupManager Groups => throw new NotSupportedException();
        public IClientProxy All => throw new NotSupportedException("a broadcast");
        public ISingleClientProxy Client(string connectionId) => new Page(this, connectionId);
        IClientProxy IHubClients<IClientProxy>.Client(string connectionId) => new Page(this, connectionId);
        public IClientProxy AllExcept(IReadOnlyList<string> excludedConnectionIds) => throw new NotSupportedException("a broadcast");
        IClientProxy IHubClients<IClientProxy>.Clients(IReadOnlyList<string> connectionIds) => throw new NotSupportedException("a broadcast");
        public IClientProxy Group(string groupName) => throw new NotSupportedException("a broadcast");
        public IClientProxy GroupExcept(string groupName, IReadOnlyList<string> excludedConnectionIds) => throw new NotSupportedException("a broadcast");
        IClientProxy IHubClients<IClientProxy>.Groups(IReadOnlyList<string> groupNames) => throw new NotSupportedException("a broadcast");
        public IClientProxy User(string userId) => throw new NotSupportedException("a broadcast");
        public IClientProxy Users(IReadOnlyList<string> userIds) => throw new NotSupportedException("a broadcast");

        private sealed class Page(Pages pages, string id) : ISingleClientProxy
        {
            public Task SendCoreAsync(string method, object?[] args, CancellationToken cancellationToken = default)
            {
                if (pages.Stalled.Contains(id)) return new TaskCompletionSource().Task;
                pages.Sent.Add(id);
                pages.Said = [method, .. args];
                return Task.CompletedTask;
            }

            public Task<T> InvokeCoreAsync<T>(string method, object?[] args, CancellationToken cancellationToken) => throw new NotSupportedException();
        }
    }

    private sealed class Context(string id) : HubCallerContext
    {
        public bool Aborted { get; private set; }
        public override string ConnectionId => id;
        public override string? UserIdentifier => null;
        public override System.Security.Claims.ClaimsPrincipal? User => null;
        public override IDictionary<object, object?> Items { get; } = new Dictionary<object, object?>();
        public override IFeatureCollection Features { get; } = new FeatureCollection();
        public override CancellationToken ConnectionAborted => default;
        public override void Abort() => Aborted = true;
    }
}
