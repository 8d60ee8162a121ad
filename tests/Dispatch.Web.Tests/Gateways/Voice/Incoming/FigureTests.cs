using System.Text.Json;
using Dispatch.Web.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace Dispatch.Web.Tests.Gateways.Voice.Incoming;

/// <summary>What the head of the console says of a line is counted from the calls that rang, against the targets of that line.</summary>
public sealed class FigureTests(FigureTests.Patient host) : IClassFixture<FigureTests.Patient>
{
    private const int Many = 6;
    private int _numbers;

    /// <summary>A line whose targets are none of the usual ones.</summary>
    public sealed class Patient : LineHost
    {
        protected override void Configure(WebApplicationBuilder builder)
        {
            base.Configure(builder);
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Lines:one:AnswerSeconds"] = "120", ["Lines:one:AnswerPercent"] = "70", ["Lines:one:CallBackSeconds"] = "300", ["Lines:one:CallBackPercent"] = "75",
            });
        }
    }

    [Fact]
    public async Task Calls_and_call_backs_are_counted_as_they_were_answered_and_by_the_lines_targets()
    {
        DayParts.ToABeginning(host);
        // In time here, and late by the usual targets; then late here too.
        var answered = await Ring(Many, "80333", "callRinging", dueAfter: 120, takenAfter: 60);
        await Ring(Many, "80333", "callRinging", dueAfter: 120, takenAfter: 130);
        await Ring(Many, LineHost.BeepNumber, "callBackOwed", dueAfter: 300, takenAfter: 240);
        await Ring(2 * Many, LineHost.BeepNumber, "callBackOwed", dueAfter: 300, takenAfter: 310);
        // Given back and taken again it rang once, and was answered in time.
        await HandedBackAndTaken(answered[0]);

        DayParts.ToTheEnd(host);
        var boss = await host.SignIn("boss");
        var all = (await Eventually.Get(() => boss.Get("/api/v1/hotline/one/figures"), a => a.Is(200).Json.GetProperty("figures") is var f && (Number(f, "callsInTime"), Number(f, "calledBackInTime")) == (Many, Many))).Json;
        var (figures, targets) = (all.GetProperty("figures"), all.GetProperty("targets"));
        Assert.Equal((2 * Many, Many, 50), (Number(figures, "calls"), Number(figures, "callsInTime"), Number(figures, "callsInTimePercent")));
        Assert.Equal((3 * Many, Many, 33), (Number(figures, "missedCalls"), Number(figures, "calledBackInTime"), Number(figures, "calledBackInTimePercent")));
        Assert.Equal((120, 70, 300, 75), (Number(targets, "answerSeconds"), Number(targets, "answerPercent"), Number(targets, "callBackSeconds"), Number(targets, "callBackPercent")));
    }

    private async Task<string[]> Ring(int many, string to, string reason, int dueAfter, int takenAfter)
    {
        var numbers = Enumerable.Range(0, many).Select(_ => $"+223740000{++_numbers:D2}").ToArray();
        foreach (var number in numbers) (await host.Bridge(new { @event = "incoming", call = $"figure{number}", from = number, to })).Is(200);
        var items = (await host.Items()).Where(i => i.GetProperty("state").GetString() == "ringing").ToArray();
        Assert.Equal(many, items.Length);
        Assert.All(items, i => Assert.Equal((reason, TimeSpan.FromSeconds(dueAfter)), (i.GetProperty("reason").GetString(), i.GetProperty("dueAt").GetDateTimeOffset() - i.GetProperty("ringsAt").GetDateTimeOffset())));
        host.Clock.Advance(TimeSpan.FromSeconds(takenAfter));
        foreach (var item in items) await Take(item);
        return numbers;
    }

    private async Task HandedBackAndTaken(string number)
    {
        var item = (await host.Item(number, "callRinging"))!.Value;
        (await (await host.Taker()).Post($"{Path(item)}/hand-back")).Is(200);
        await Take((await Eventually.Get(() => host.Item(number, "callRinging"), i => i is { } again && Path(again) != Path(item)))!.Value);
    }

    private async Task Take(JsonElement item) => (await (await host.Taker()).Post($"{Path(item)}/take")).Is(200);

    private static string Path(JsonElement item) => $"/api/v1/hotline/items/{item.GetProperty("itemId").GetString()}";

    private static int? Number(JsonElement of, string name) => of.TryGetProperty(name, out var number) ? number.GetInt32() : null;
}
