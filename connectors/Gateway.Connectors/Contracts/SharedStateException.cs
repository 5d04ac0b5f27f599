namespace Gateway.Connectors.Contracts;

/// <summary>The shared store can't be relied on. The message says what is wrong and how to mend it; it is for operators.</summary>
public sealed class SharedStateException(string message, Exception? inner = null) : Exception(message, inner);
