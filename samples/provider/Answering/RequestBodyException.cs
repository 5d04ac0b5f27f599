namespace Gateway.Samples.Provider.Answering;

/// <summary>A body that the dialect would refuse with 400. The message reaches the caller.</summary>
internal sealed class RequestBodyException(string message) : Exception(message);
