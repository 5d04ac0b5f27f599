namespace Gateway.Connectors.Vaults;

/// <summary>What came of reading the keys.</summary>
/// <param name="Keys">Null where there is any error: Gateway then doesn't start.</param>
/// <param name="Errors">All of them at once, in the order of the settings.</param>
/// <param name="Warnings">For the log: keys that were made here instead of given.</param>
public sealed record KeyLoadResult(GatewayKeys? Keys, IReadOnlyList<KeyError> Errors, IReadOnlyList<string> Warnings);
