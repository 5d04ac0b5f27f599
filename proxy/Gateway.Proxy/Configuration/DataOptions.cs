using System.ComponentModel.DataAnnotations;

namespace Gateway.Proxy.Configuration;

/// <summary>Where this instance keeps what must last. Section <c>Gateway:Data</c>.</summary>
public sealed class DataOptions
{
    /// <value>A folder, created when missing: journal, store, vault and development keys are under it. Default <c>data</c>.</value>
    [Required]
    public string Path { get; set; } = "data";

    /// <value>How many instances of this gateway run. More than one needs a shared state. Default 1; from 1 to 1,000.</value>
    [Range(1, 1000)]
    public int Replicas { get; set; } = 1;
}
