using System.ComponentModel.DataAnnotations;

namespace Gateway.Proxy.Evidence;

/// <summary>
/// How the path waits for the journal, and where bodies are kept. Section <c>Gateway:Evidence</c>; the journal's own settings are
/// <c>Gateway:Journal</c>.
/// </summary>
public sealed class EvidenceOptions
{
    /// <value>How long a record may take to be written, or a body to be kept, before the action is refused. Default 2 s; from 100 ms to 30
    /// s.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:30")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(2);

    /// <value>The folder for the bodies that connectors want kept. Default <c>bodies</c> in the data folder.</value>
    [Required]
    public string Bodies { get; set; } = "";
}
