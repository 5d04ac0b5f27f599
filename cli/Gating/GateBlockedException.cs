using Gateway.Cli.Results;

namespace Gateway.Cli.Gating;

/// <summary>There can be no other verdict than block, before anything was judged. Ends with <see cref="ExitCode.Blocked"/>.</summary>
internal sealed class GateBlockedException(string reasonCode, string message, string remedy) : Exception(message)
{
    public string ReasonCode { get; } = reasonCode;

    public string Remedy { get; } = remedy;
}
