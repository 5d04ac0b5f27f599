namespace Gateway.Cel.Library;

/// <summary>Ends the reading of a pattern; caught by the translator. It never leaves this library.</summary>
internal sealed class PatternProblem(string message) : Exception(message);
