using Gateway.Connectors.Vaults;

namespace Gateway.Cli.Settings;

/// <summary>The instance's keys, checked and apart.</summary>
/// <param name="Warnings">Such as that they were made here, for development.</param>
internal sealed record InstanceKeys(GatewayKeys Keys, Envelope Envelope, IReadOnlyList<string> Warnings);
