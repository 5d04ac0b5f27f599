using System.ComponentModel.DataAnnotations;
using Gateway.Proxy.Configuration;

namespace Gateway.Proxy.Approvals;

/// <summary>How agents are told of approvals. Section <c>Gateway:Approvals</c>.</summary>
public sealed class ApprovalOptions
{
    /// <value>Where people reach the console, such as <c>https://gateway.example.org</c>: a refusal then names the approval's page there.
    /// <c>https</c>, or <c>http</c> of this machine. Default none: only the command is named.</value>
    public string Link { get; set; } = "";

    /// <value>How often a stream of an approval that nothing happens to says that it is alive. Default 15 s; from 1 s to 1 min.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The approval's page; null where there is none.</summary>
    public string? PageOf(string id) => Link.Length == 0 ? null : $"{Link.TrimEnd('/')}/console/approvals/{id}";

    internal void Check(Settings settings)
    {
        if (
            Link.Length > 0
            && !(
                Uri.TryCreate(Link, UriKind.Absolute, out var link)
                && (link.Scheme == Uri.UriSchemeHttps || (link.Scheme == Uri.UriSchemeHttp && link.IsLoopback))
                && link.UserInfo.Length == 0
                && link.Query.Length == 0
                && link.Fragment.Length == 0
            )
        )
        {
            settings.Report(
                $"{Settings.Root}:Approvals:Link: '{Link}' is no address of a console. Write https:// and a name, such as "
                    + "https://gateway.example.org; http:// only of this machine."
            );
        }
    }
}
