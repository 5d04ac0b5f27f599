using System.ComponentModel.DataAnnotations;

namespace Gateway.Proxy.Intents;

/// <summary>How bodies are read. Section <c>Gateway:Intents</c>.</summary>
public sealed class IntentsOptions
{
    /// <value> The most that a model call's body may have before its model, and so its connector's own limit, is known; in bytes. Default 8
    /// MiB; from 1 KiB to 64 MiB. </value>
    [Range(1024, 64 * 1024 * 1024)]
    public int ModelRequestBytes { get; set; } = 8 * 1024 * 1024;

    /// <value> What the bodies of requests and the answers that are read whole may take of memory at once, all together; in bytes. One
    /// agent has half of it at most, and a body of more than half of that is too large, since its answer may be as large. Default a quarter
    /// of what the process may use, since what is made of a body takes memory too; from 1 MiB to 1 TiB. </value>
    [Range(1024 * 1024, 1L << 40)]
    public long? BodyMemory { get; set; }
}
