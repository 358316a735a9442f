@echo off
rem Opens the practice commune; words behind it go to "ntm demo", such as --role district.
call "%~dp0NTM.cmd" demo %*
exit /b %ERRORLEVEL%
