using System.Text.Json.Nodes;
using Gateway.Gait.Packs;

namespace Gateway.Gait.Signals;

/// <summary>One run with what is known of it besides its pack.</summary>
/// <param name="Source">The pack's path, as the report shows it.</param>
/// <param name="Traces">Records of the run's decisions.</param>
/// <param name="FailedGraders">Reason codes of regression tests of the run that failed.</param>
public sealed record SignalInput(Runpack Pack, string Source, IReadOnlyList<JsonObject> Traces, IReadOnlyList<string> FailedGraders);
