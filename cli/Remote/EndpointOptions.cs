using System.CommandLine;

namespace Gateway.Cli.Remote;

/// <summary>Options that say where an operators' listener is.</summary>
internal static class EndpointOptions
{
    public static Option<string> Address(bool required) =>
        new("--address")
        {
            Description = "The operators' listener: https://, name and port; http:// on this machine alone.",
            Required = required,
            HelpName = "url",
        };

    public static Option<string?> Ca() =>
        new("--ca")
        {
            Description = "PEM of the authority that its certificate is by, in place of this machine's authorities.",
            HelpName = "file",
        };
}
