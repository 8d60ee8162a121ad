using System.Text.RegularExpressions;

namespace Dispatch.Browser.Tests.Harness;

/// <summary>The words that she and they must read, written out here and not taken from the texts under test.</summary>
public sealed record Words
{
    public required string Lang { get; init; }
    public required string Locale { get; init; }
    public required string Ask { get; init; }
    public required string Quit { get; init; }
    public required string Stored { get; init; }
    public required Regex Received { get; init; }
    public required string NobodyYet { get; init; }
    public required string NurseCalls { get; init; }
    public required string WithHuman { get; init; }
    public required string Cancelled { get; init; }
    public required string NoNetwork { get; init; }
    public required string Cancel { get; init; }
    public required string StandOff { get; init; }
    public required string AcceptOffer { get; init; }

    public static Words In(string lang) => lang is "fr" ? French : English;

    public static Words French { get; } = new()
    {
        Lang = "fr",
        Locale = "fr-FR",
        Ask = "Demander de l'aide",
        Quit = "Quitter",
        Stored = "Gardé sur ce téléphone. Pas encore envoyé.",
        Received = new(@"Reçu à \d{1,2}\sh\s\d{2}\."),
        NobodyYet = "Personne n'a encore répondu. Nous continuons.",
        NurseCalls = "Une infirmière va vous appeler, d'ici {0} minutes environ.",
        WithHuman = "Une personne de l'équipe suit votre demande.",
        Cancelled = "Annulé.",
        NoNetwork = "Pas de réseau.",
        Cancel = "Annuler ma demande",
        StandOff = "Restez à distance",
        AcceptOffer = "Oui, je peux",
    };

    public static Words English { get; } = new()
    {
        Lang = "en",
        Locale = "en-GB",
        Ask = "Ask for help",
        Quit = "Leave",
        Stored = "Kept on this phone. Not sent yet.",
        Received = new(@"Received at \d{1,2}:\d{2}\s[ap]m\."),
        NobodyYet = "Nobody has answered yet. We keep on.",
        NurseCalls = "A nurse will call you, in about {0} minutes.",
        WithHuman = "Someone on the team is following your request.",
        Cancelled = "Cancelled.",
        NoNetwork = "No network.",
        Cancel = "Cancel my request",
        StandOff = "Stay away",
        AcceptOffer = "Yes, I can",
    };
}
