namespace Gateway.Samples.Provider.Answering;

/// <summary>Ends an answer in its middle on demand. Only Kestrel catches it.</summary>
internal sealed class AnswerCutException : Exception;
