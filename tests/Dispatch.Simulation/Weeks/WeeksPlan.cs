namespace Dispatch.Simulation.Weeks;

/// <summary>Many houses for a long time, with nobody but those who ask them for beds and the people at their doors.</summary>
/// <param name="ActsPerDay">What happens at one house in a day. For each twenty such acts anywhere, one house is asked by many at once.</param>
/// <param name="Trouble">After how many writes, at the latest, one fails, loses its answer or is the process's last.</param>
internal sealed record WeeksPlan(int Seed, int Houses = 100, double Weeks = 4, double ActsPerDay = 12, int Trouble = 2_000);
