namespace Gateway.Cli.Serving;

/// <summary>How an answer is laid out.</summary>
internal enum EvaluationShape
{
    Unspecified = 0,
    Json,

    /// <summary>Server-sent events.</summary>
    Events,

    /// <summary>Newline-delimited JSON.</summary>
    Lines,
}

/// <summary>Lays answers out.</summary>
internal static class EvaluationShapes
{
    /// <param name="json">One object.</param>
    public static (string Type, string Content) LayOut(this EvaluationShape shape, string json) =>
        shape switch
        {
            EvaluationShape.Unspecified or EvaluationShape.Json => ("application/json", json + "\n"),
            EvaluationShape.Events => ("text/event-stream", $"event: evaluate\ndata: {json}\n\n"),
            EvaluationShape.Lines => ("application/x-ndjson", json + "\n"),
        };
}
