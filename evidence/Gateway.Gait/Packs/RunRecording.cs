using System.Text.Json.Nodes;

namespace Gateway.Gait.Packs;

/// <summary>What is to become a runpack: records in form, all of one run. Made by <see cref="RunRecordingReader"/>.</summary>
public sealed record RunRecording
{
    public required string RunId { get; init; }

    /// <summary><c>reference</c>: digests only. <c>raw</c>: arguments and results too.</summary>
    public required string CaptureMode { get; init; }
    public required JsonObject Run { get; init; }
    public required IReadOnlyList<JsonObject> Intents { get; init; }
    public required IReadOnlyList<JsonObject> Results { get; init; }
    public required JsonObject Refs { get; init; }

    /// <summary>Whose records it is made of; none for those of a file, which doesn't say.</summary>
    public IReadOnlyCollection<string> Tenants { get; init; } = [];

    /// <summary>What is odd about it and no error.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>What should be recorded isn't in form. The message says where and what; it quotes no content.</summary>
public sealed class RunRecordingException(string message) : Exception(message);
