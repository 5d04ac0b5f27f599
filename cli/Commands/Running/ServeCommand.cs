using System.CommandLine;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Gateway.Administration;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Peers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Gateway.Cli.Commands.Running;

/// <summary><c>gateway serve</c>: runs the proxy until it is told to end, which it does after the requests under way.</summary>
internal sealed class ServeCommand : LeafCommand
{
    private readonly Option<string> _urls = new("--urls") { Description = "Where to listen, such as http://0.0.0.0:8080." };

    public ServeCommand(CommandConfiguration configuration)
        : base(configuration, "serve", "Run Gateway.", "gateway serve --urls http://127.0.0.1:8080 --Gateway:Data:Path=/var/lib/gateway") =>
        Add(_urls);

    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        ReadOnlySpan<string> urls = parsed.GetValue(_urls) is { } given ? ["--urls=" + given] : [];
        await using var app = await Proxy.Program.BuildAsync(
            Configuration.HostArguments(parsed.GetValue(Json), urls),
            AdministrationSetup.AddAdministration,
            cancellationToken
        );

        // What compiling the governance left behind goes back to the system while nobody waits for an answer: with 100,000 agents 510 MB
        // stay of 1,280.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        if (await TryStartAsync(app, cancellationToken) is { } failure)
        {
            return failure;
        }

        // Who closes the terminal, or takes it for a reload, ends what runs as properly as anybody: by itself .NET dies of it at once.
        using var hangUp = PosixSignalRegistration.Create(
            PosixSignal.SIGHUP,
            signal =>
            {
                signal.Cancel = true;
                app.Lifetime.StopApplication();
            }
        );
        await app.WaitForShutdownAsync(CancellationToken.None);
        return app.Services.GetRequiredService<EndedEarly>().Why is { } why
            ? CommandResult.Refused(ExitCode.Failed, why, "Give each replica a volume of its own that is empty, not a copy of another's.")
            : CommandResult.Ok([]);
    }

    /// <returns>Null where it runs. What keeps it from listening is an operator's to mend; the rest is thrown.</returns>
    private static async Task<CommandResult?> TryStartAsync(WebApplication app, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
            return null;
        }
        catch (Exception e)
        {
            await EndAsync(app);
            if (e is SocketException or { InnerException: AddressInUseException })
            {
                return CommandResult.Refused(
                    ExitCode.Failed,
                    $"Gateway can't listen at {FrontDoorOptions.UrlsOf(app.Configuration)}: {e.Message.TrimEnd('.')}.",
                    "Name with --urls an address of this machine, and a port that is free and that this user may open; "
                        + "'gateway doctor' looks at each."
                );
            }

            throw;
        }
    }

    /// <summary>What had begun ends properly, and doesn't pass for a fault of its own.</summary>
    private static async Task EndAsync(WebApplication app)
    {
        try
        {
            await app.StopAsync(CancellationToken.None);
        }
        catch (Exception)
        {
            // Why it couldn't start is what counts, and is said.
        }
    }
}
