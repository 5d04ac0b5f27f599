namespace Gateway.Gait.Regress;

/// <summary>A set of regression tests can't be read or made. The message says which file and what.</summary>
public sealed class RegressException(string message) : Exception(message);
