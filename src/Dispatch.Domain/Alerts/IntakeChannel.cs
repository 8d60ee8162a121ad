namespace Dispatch.Domain.Alerts;

/// <summary>The way by which help was asked for. For the line alone: in a small place it would say who she is.</summary>
public enum IntakeChannel { App = 1, Call = 2, MissedCall = 3, Text = 4, Ussd = 5, Relay = 6, Partner = 7, WalkIn = 8, Other = 9 }
