using Dispatch.Domain.Accounts;
using Dispatch.Domain.Tests.Stored;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Accounts;

public sealed class RelayDeskTests
{
    [Fact]
    public void Accepting_the_same_charter_again_keeps_the_day_and_takes_the_new_number()
    {
        var none = Samples.Account with { Desk = null };
        var first = RelayDesk.Accept(none, "v1", Box<string>("number-1"), At(0));
        Assert.Equal(new RelayDesk("v1", At(0), Box<string>("number-1")), first.Desk);
        Assert.Equal(new RelayDesk("v1", At(0), Box<string>("number-2")), RelayDesk.Accept(first, "v1", Box<string>("number-2"), At(50)).Desk);
        Assert.Equal(new RelayDesk("v2", At(50), Box<string>("number-1")), RelayDesk.Accept(first, "v2", Box<string>("number-1"), At(50)).Desk);
    }
}
