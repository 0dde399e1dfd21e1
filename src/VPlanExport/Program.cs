using System.Text;
using VPlanExport.Commands;

Console.OutputEncoding = new UTF8Encoding(false);
return await new CommandLine(Console.Out, Console.Error, TimeProvider.System).InvokeAsync(args);
