using Gateway.LoadTests;

return await LoadCommand.Build().Parse(args).InvokeAsync();
