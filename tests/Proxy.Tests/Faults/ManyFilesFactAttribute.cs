using Gateway.Proxy.FrontDoor;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>A fact that opens many connections; skipped, and it says so, where a gateway may not let in so many.</summary>
public sealed class ManyFilesFactAttribute : FactAttribute
{
    public ManyFilesFactAttribute(int connections)
    {
        if (OpenFiles.Allowed() is not { } files || OpenFiles.Connections(files) < connections)
        {
            Skip =
                $"needs {connections} connections, and a process may open {OpenFiles.Allowed()} files here: raise the hard limit "
                + "(ulimit -Hn)";
        }
    }
}
