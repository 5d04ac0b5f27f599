namespace Gateway.Connectors.Vaults;

/// <summary>A sealed value couldn't be opened. The message names the value, never what is in it; it is for operators.</summary>
public sealed class EnvelopeException(string message, Exception? inner = null) : Exception(message, inner);
