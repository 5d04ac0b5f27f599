using System.Globalization;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>Watches how many files a process has open, as fast as it can, until it is disposed.</summary>
internal sealed class MostFiles : IDisposable
{
    private readonly string _files;
    private readonly Thread _thread;
    private volatile bool _ended;
    private volatile int _seen;

    public MostFiles(int process)
    {
        _files = string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/fd");
        _thread = new Thread(Watch) { IsBackground = true };
        _thread.Start();
    }

    /// <value>The most until now.</value>
    public int Seen => _seen;

    public void Dispose()
    {
        _ended = true;
        _thread.Join();
    }

    private void Watch()
    {
        while (!_ended)
        {
            _seen = Math.Max(_seen, Directory.EnumerateFileSystemEntries(_files).Count());
        }
    }
}
