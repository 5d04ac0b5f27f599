using System.CommandLine;
using System.Security.Cryptography;
using Gateway.Cli.Artifacts;
using Gateway.Cli.Bridging;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;

namespace Gateway.Cli.Commands.Mcp;

/// <summary><c>gateway mcp bridge</c>: serves a program that speaks MCP over its standard streams as streamable HTTP.</summary>
internal sealed class McpBridgeCommand : LeafCommand
{
    private const int MostTokenBytes = 4096;
    private const int ShortestToken = 22;
    private const int LongestToken = 512;
    private const int TokenBytes = 32;

    private readonly Option<string> _listen = new("--listen")
    {
        Description = "Where to listen: a port of the loopback address, or unix:/path of a socket.",
        HelpName = "url",
        DefaultValueFactory = _ => "http://127.0.0.1:8808",
    };
    private readonly Option<string> _token = new("--token-file")
    {
        Description = "A file with the token that clients must bring; without it one is made and shown once.",
        HelpName = "file",
    };
    private readonly Option<string[]> _origins = new("--origin")
    {
        Description = "A web page's origin that is answered; none is otherwise.",
        HelpName = "https://host",
    };
    private readonly BridgeProgramOptions _program = new();
    private readonly BridgeLimitOptions _limits = new();

    public McpBridgeCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "bridge",
            "Serve a program that speaks MCP over its standard streams as streamable HTTP, for this machine alone.",
            "gateway mcp bridge --env GITHUB_TOKEN -- npx -y @modelcontextprotocol/server-github"
        )
    {
        foreach (var option in (Option[])[_listen, _token, _origins, .. _program.Options, .. _limits.Options])
        {
            Add(option);
        }

        Add(_program.CommandLine);
    }

    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var address = BridgeAddress.Parse(parsed.GetRequiredValue(_listen));
        var program = _program.Read(parsed);
        var limits = _limits.Read(parsed);
        var file = parsed.GetValue(_token);
        var token = file is null ? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes)) : ReadToken(file);
        program.Check();
        var bridge = new BridgeService(address, new BridgeAccess(token, parsed.GetValue(_origins) ?? []), program, limits);
        var isTold = await bridge.RunAsync(where => Say(where, file is null ? token : null), cancellationToken);
        return isTold
            ? CommandResult.Ok([])
            : CommandResult.Refused(
                ExitCode.Failed,
                "The shell that watches over the programs was ended, and so was everything else.",
                "Start the bridge anew, and leave its processes alone."
            );
    }

    private static void Say(string where, string? token) =>
        Console.Error.WriteLine($"listening on {where}" + (token is null ? "" : $"\ntoken, shown here only: {token}"));

    private static string ReadToken(string file)
    {
        var mode =
            OperatingSystem.IsWindows() ? default
            : File.Exists(file) ? File.GetUnixFileMode(file)
            : default;
        if ((mode & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite)) != 0)
        {
            throw new InvalidInputException($"Everybody on this machine may read or change '{file}'.", $"chmod 600 {file}");
        }

        var token = ArtifactFile.ReadText(file, MostTokenBytes).Trim();
        return token.Length is >= ShortestToken and <= LongestToken && token.All(c => c is > ' ' and <= '~')
            ? token
            : throw new InvalidInputException(
                $"'{file}' holds no token of {ShortestToken} to {LongestToken} visible ASCII characters.",
                $"Make one: openssl rand -hex 32 > {file}"
            );
    }
}
