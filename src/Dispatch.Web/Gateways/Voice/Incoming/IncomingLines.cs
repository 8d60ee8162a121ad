using System.Collections.Immutable;
using Dispatch.Grains.Hosting;
using Dispatch.Web.Tenancy;

namespace Dispatch.Web.Gateways.Voice.Incoming;

/// <summary>Which line a dialled number is, by gateway: its Line, or the one of Numbers where it carries several. A number of Beep takes no call and is always rung back.</summary>
internal sealed class IncomingLines(IConfiguration configuration, Tenant tenant)
{
    private readonly ImmutableDictionary<string, Gateway> _gateways = configuration.GetSection("Voice:Gateways").GetChildren().ToImmutableDictionary(g => g.Key, g => Read(g, tenant));

    public (string Line, bool Beep) Of(string gateway, string? dialled)
    {
        var digits = Digits(dialled);
        return _gateways.TryGetValue(gateway, out var known)
            ? (known.Numbers.GetValueOrDefault(digits) ?? known.Line, known.Beep.Contains(digits))
            : (tenant.AreaOrDefault(null).Line, false);
    }

    private static Gateway Read(IConfigurationSection section, Tenant tenant)
    {
        var numbers = section.GetSection("Numbers").GetChildren().ToImmutableDictionary(n => Digits(n.Key), n => Line(n, n.Value, tenant));
        var beep = section.GetSection("Beep").GetChildren().Select(n => n.Value ?? "").Append(section["Beep"] ?? "").SelectMany(n => n.Split(',')).Select(Digits).Where(n => n.Length > 0);
        return new Gateway(section["Line"] is { } line ? Line(section.GetSection("Line"), line, tenant) : tenant.AreaOrDefault(null).Line, numbers, [.. beep]);
    }

    private static string Line(IConfigurationSection section, string? line, Tenant tenant) =>
        line is not null && tenant.Lines.Contains(line) ? line : throw new StartRefusedException($"{section.Path} is no line of Tenant:Areas.");

    private static string Digits(string? number) => string.Concat((number ?? "").Where(char.IsAsciiDigit));

    private sealed record Gateway(string Line, ImmutableDictionary<string, string> Numbers, ImmutableHashSet<string> Beep);
}
