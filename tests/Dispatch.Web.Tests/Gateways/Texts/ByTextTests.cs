using System.Runtime.CompilerServices;
using System.Text.Json;
using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Conversations;

namespace Dispatch.Web.Tests.Gateways.Texts;

/// <summary>The text that her page makes ready is heard as what she chose there.</summary>
public sealed class ByTextTests
{
    private const string Code = "0f8fad5b-d9cb-469f-a165-70867728950e";

    public static TheoryData<string, Need> Said()
    {
        var said = new TheoryData<string, Need>();
        foreach (var lang in new[] { "fr", "en" })
        {
            foreach (var need in Enum.GetValues<Need>().Except([Need.Police])) said.Add(lang, need);
        }

        return said;
    }

    [Theory]
    [MemberData(nameof(Said))]
    public void Every_need_is_heard_and_the_code_found(string lang, Need need)
    {
        using var texts = JsonDocument.Parse(File.ReadAllText(TextsOf(lang)));
        var text = Words("carnet.byText").Replace("{needs}", Words($"carnet.need.{EnumWords.Of(need)}"), StringComparison.Ordinal).Replace("{code}", Code, StringComparison.Ordinal);
        Assert.Equal(Code, AlertCode.In(text));
        var heard = Hearing.Read(AlertCode.Without(text));
        Assert.Equal([need], heard.Needs.AsEnumerable());
        Assert.True(heard.Help);
        Assert.Equal(lang, heard.Language);

        string Words(string key) => texts.RootElement.GetProperty(key).GetString()!;
    }

    private static string TextsOf(string lang, [CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, $"../../../../src/Dispatch.Web/wwwroot/texts/{lang}.json"));
}
