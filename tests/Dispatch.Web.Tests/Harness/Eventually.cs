namespace Dispatch.Web.Tests.Harness;

/// <summary>For what happens off the request: asks again until it is so, and fails with the last answer.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public static async Task<T> Get<T>(Func<Task<T>> ask, Func<T, bool> isSo)
    {
        var until = DateTimeOffset.UtcNow + Patience;
        for (var asked = 0; ; asked++)
        {
            var answer = await ask();
            if (isSo(answer)) return answer;
            Assert.True(DateTimeOffset.UtcNow < until, $"did not happen within {Patience.TotalSeconds} s; last: {answer}");
            // Longer waits ask more seldom: nobody may ask more often than twenty times a second for long.
            await Task.Delay(asked < 25 ? 20 : 150);
        }
    }

    /// <summary>The first offer of a responder once she has any.</summary>
    public static Task<string> Offer(Caller responder) => Offer(responder, "");

    /// <summary>Of this alert, where others may ask her too.</summary>
    public static async Task<string> Offer(Caller responder, string alert)
    {
        string? Of(Answer answer) => answer.Is(200).Json.GetProperty("offers").EnumerateArray().Select(o => o.GetProperty("offerId").GetString()!).FirstOrDefault(id => id.StartsWith(alert, StringComparison.Ordinal));
        return Of(await Get(() => responder.Get("/api/v1/me/offers"), a => Of(a) is not null))!;
    }
}
