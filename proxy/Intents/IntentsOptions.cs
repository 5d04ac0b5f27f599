using System.ComponentModel.DataAnnotations;

namespace Gateway.Proxy.Intents;

/// <summary>How bodies are read. Section <c>Gateway:Intents</c>.</summary>
public sealed class IntentsOptions
{
    /// <value>
    /// The most that a model call's body may have before its model, and so its connector's own limit, is known; in bytes.
    /// Default 8 MiB; from 1 KiB to 64 MiB.
    /// </value>
    [Range(1024, 64 * 1024 * 1024)]
    public int ModelRequestBytes { get; set; } = 8 * 1024 * 1024;
}
