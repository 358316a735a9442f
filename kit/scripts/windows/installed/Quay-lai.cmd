@echo off
rem This file is plain ASCII: cmd may lose its place in a file with Vietnamese letters. Messages come from
rem Python and from UTF-8 text files; unmarked words stand only where none of these can be read.
setlocal EnableExtensions DisableDelayedExpansion
chcp 65001 >nul
title NTM
set "NTM_ROOT=%~dp0"
if not exist "%NTM_ROOT%hien-tai.cmd" goto missing
call "%NTM_ROOT%hien-tai.cmd"
if exist "%NTM_ROOT%%NTM_PYTHON%" set "NTM_PYTHON=%NTM_ROOT%%NTM_PYTHON%"
if not exist "%NTM_PYTHON%" goto missing

"%NTM_PYTHON%" -X utf8 -I -B "%NTM_ROOT%versions\%NTM_VERSION%\bo-cai" back "%NTM_ROOT%."
set "NTM_CODE=%ERRORLEVEL%"
if not %NTM_CODE%==0 if not %NTM_CODE%==3 type "%NTM_ROOT%versions\%NTM_VERSION%\bo-cai\loi.txt"
echo.
pause
exit /b %NTM_CODE%

:missing
echo CHUA MO DUOC: thieu tep cua chuong trinh. Du lieu con nguyen.
echo Hay chay lai Cai-dat.cmd trong bo cai.
pause
exit /b 1
