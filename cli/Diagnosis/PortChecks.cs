using System.Net;
using System.Net.Sockets;

namespace Gateway.Cli.Diagnosis;

/// <summary>Whether an instance could listen where it is told to, or does already.</summary>
internal static class PortChecks
{
    private const string Check = "port";

    public static async Task<IEnumerable<Finding>> PortsAsync(DoctorContext context, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        foreach (var url in context.Urls)
        {
            findings.Add(await JudgeAsync(url, cancellationToken));
        }

        return findings;
    }

    private static async Task<Finding> JudgeAsync(string url, CancellationToken cancellationToken)
    {
        if (ListenAddress.Parse(url) is not var (address, local))
        {
            return Fail($"'{url}' isn't an address that can be listened at.", "Write it as http://127.0.0.1:8080.");
        }

        try
        {
            using var listener = new Socket(local.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            listener.Bind(new IPEndPoint(local, address.Port));
            return new Finding(Check, FindingStatus.Pass, $"{url} is free.");
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            var target = ListenAddress.Asked(local);
            return await ListeningInstance.AnswersAsync(new UriBuilder(address) { Host = target.ToString() }.Uri, cancellationToken)
                ? new Finding(Check, FindingStatus.Pass, $"An instance is listening at {url}.")
                : Fail($"Something else is listening at {url}.", "End it, or listen elsewhere: gateway serve --urls http://127.0.0.1:8081");
        }
        catch (SocketException e)
        {
            return Fail($"Nothing can listen at {url}: {e.Message}", "Name an address of this machine and a port that this user may open.");
        }
    }

    private static Finding Fail(string problem, string remedy) => new(Check, FindingStatus.Fail, problem, remedy);
}
