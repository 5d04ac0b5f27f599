using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Gateway.LoadTests.Targets;

/// <summary>A process that the rig started, with what it said. Killed with its children on disposal, whatever happened.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly StringBuilder _said = new();
    private readonly Process _process;

    private ChildProcess(ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        _process = Process.Start(start)!;
        _process.OutputDataReceived += Note;
        _process.ErrorDataReceived += Note;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    /// <summary>From its start until its port took connections.</summary>
    public TimeSpan ReadyAfter { get; private set; }

    /// <summary>Returns when its port takes connections.</summary>
    /// <exception cref="TargetException">It ended, or didn't listen in time; the message has what it said.</exception>
    public static async Task<ChildProcess> StartAsync(ProcessStartInfo start, int port)
    {
        var since = Stopwatch.GetTimestamp();
        var child = new ChildProcess(start);
        while (!await ListensAsync(port))
        {
            if (child._process.HasExited || Stopwatch.GetElapsedTime(since) > StartDeadline)
            {
                var said = child.Said();
                await child.DisposeAsync();
                throw new TargetException($"{start.FileName} {string.Join(' ', start.ArgumentList)} didn't start: {said}");
            }

            await Task.Delay(Pause);
        }

        child.ReadyAfter = Stopwatch.GetElapsedTime(since);
        return child;
    }

    public string Said()
    {
        lock (_said)
        {
            return _said.ToString();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static async Task<bool> ListensAsync(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(System.Net.IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private void Note(object sender, DataReceivedEventArgs line)
    {
        lock (_said)
        {
            _said.AppendLine(line.Data);
        }
    }
}

/// <summary>Addresses on 127.0.0.1 that nothing listens on.</summary>
internal static class Ports
{
    public static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
    }
}
