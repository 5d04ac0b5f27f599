using System.CommandLine;
using Gateway.LoadTests;

// Ctrl-C ends a run after the stretch under way, so that every target is stopped and its data removed.
return await LoadCommand
    .Build()
    .Parse(args)
    .InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(20) });
